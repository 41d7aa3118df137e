"""Writes small Parquet files as datasets of chats have them, compressed in each usual way, for ParquetTest.

    python make_parquet.py ../../tandem-tuning/src/test/resources/parquet     # pyarrow
"""

import datetime
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet

folder = Path(sys.argv[1])
messages = [
    [
        {"role": "user", "content": f"question {i}", "name": "Änne" if i == 0 else None},
        {"role": "assistant", "content": f"answer {i}", "name": None},
    ]
    for i in range(3)
]
table = pyarrow.table(
    {
        "messages": messages,
        "number": [1, 2, None],
        "score": [0.5, 0.25, 1.0],
        "good": [True, False, None],
        "source": ["a", None, "c"],
        "tags": [["x", "y"], [], None],
        "day": [datetime.date(2024, 1, 2)] * 3,
    }
)
for compression in ["snappy", "zstd", "gzip", "none"]:
    pyarrow.parquet.write_table(table, folder / f"chat-{compression}.parquet", compression=compression)
tickets = pyarrow.table({"subject": ["q1", "", "q3"], "reply": ["r1", "r2", None]})
pyarrow.parquet.write_table(tickets, folder / "tickets.parquet", compression="snappy")
pyarrow.parquet.write_table(tickets, folder / "brotli.parquet", compression="brotli")
