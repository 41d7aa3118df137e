"""What the real bitsandbytes makes of one small matrix: codes, magnitudes, and the weights that come back.

    venv/bin/python reference/decoder/make_nf4.py tandem-decoder/src/test/resources/nf4.safetensors
"""
import sys

import bitsandbytes
import bitsandbytes.functional as F
import torch
from safetensors.torch import save_file

torch.manual_seed(4)
weight = torch.randn(96, 192) * torch.rand(96, 1) * 0.1
weight[0, :64] = 0
codes, state = F.quantize_4bit(weight, quant_type="nf4", compress_statistics=True, blocksize=64)
save_file(dict(weight=weight, codes=codes.flatten(), magnitudes=state.absmax.flatten(),
               nested=state.state2.absmax.flatten(), mean=state.offset.reshape(1),
               dense=F.dequantize_4bit(codes, state)), sys.argv[1], metadata={"bitsandbytes": bitsandbytes.__version__})
