"""Tries Tandem's Model Context Protocol server with the protocol's official Python client (pip install mcp).

python check_mcp.py http://localhost:8080/mcp      a server (`tandem serve`)
python check_mcp.py -- tandem mcp -w my-kb         a program, over standard input and output
"""

import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

try:  # named so from version 2 on
    from mcp.client.streamable_http import streamable_http_client
except ImportError:
    from mcp.client.streamable_http import streamablehttp_client as streamable_http_client


async def check(streams):
    async with ClientSession(streams[0], streams[1]) as session:
        begun = await session.initialize()
        print("server:", begun)
        await session.send_ping()
        print("tools:", [tool.name for tool in (await session.list_tools()).tools])
        for tool, arguments in (("search", {"question": "returns", "count": 1}), ("ask", {"question": "How long can I return a product?"})):
            # The client itself checks the structured part against the tool's output schema.
            result = await session.call_tool(tool, arguments)
            print(tool + ":", result.content[0].text[:300])
        result = await session.call_tool("evaluate", {"questions": 2})
        print("evaluate:", result.content[0].text[:300])


async def main(arguments):
    if arguments[0] == "--":
        async with stdio_client(StdioServerParameters(command=arguments[1], args=arguments[2:])) as streams:
            await check(streams)
    else:
        async with streamable_http_client(arguments[0]) as streams:
            await check(streams)


asyncio.run(main(sys.argv[1:]))
