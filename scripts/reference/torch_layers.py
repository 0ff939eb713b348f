#!/usr/bin/env python3
"""Writes Tests/NetworksTests/Golden/torch_layers.json: what PyTorch computes for small instances of each layer.

Run with a Python that has torch installed; give another path to write elsewhere.
"""
import json
import pathlib
import sys

import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)
cases = {}


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().to(torch.float32).flatten().tolist()]


def record(name, **tensors):
    cases[name] = {key: numbers(torch.as_tensor(value)) for key, value in tensors.items()}


def gradients(module, prefix="d_"):
    return {prefix + key: p.grad for key, p in module.named_parameters()}


def linear():
    layer = nn.Linear(6, 3)
    x = torch.randn(5, 6, requires_grad=True)
    dy = torch.randn(5, 3)
    y = layer(x)
    y.backward(dy)
    record("linear", weight=layer.weight, bias=layer.bias, x=x, y=y, dy=dy, dx=x.grad, **gradients(layer))


def layer_norm():
    layer = nn.LayerNorm(10)
    with torch.no_grad():
        layer.weight.copy_(torch.randn(10))
        layer.bias.copy_(torch.randn(10))
    x = (3 * torch.randn(4, 10) + 2).requires_grad_()
    dy = torch.randn(4, 10)
    y = layer(x)
    y.backward(dy)
    record("layer_norm", weight=layer.weight, bias=layer.bias, x=x, y=y, dy=dy, dx=x.grad, **gradients(layer))


def gru():
    steps, rows, inputs, units = 3, 2, 5, 4
    layer = nn.GRU(inputs, units)
    x = torch.randn(steps, rows, inputs, requires_grad=True)
    h = torch.randn(1, rows, units, requires_grad=True)
    dy = torch.randn(steps, rows, units)
    y, _ = layer(x, h)
    y.backward(dy)
    weights = {key: p for key, p in layer.named_parameters()}
    record("gru", x=x, h=h, y=y, dy=dy, dx=x.grad, dh=h.grad, **weights, **gradients(layer))


def convolution(name, kernel, padding):
    """Knack keeps channels innermost and weights as [outputs, kernel, kernel, inputs]."""
    layer = nn.Conv2d(3, 4, kernel, padding=padding)
    x = torch.randn(2, 5, 4, 3, requires_grad=True)
    y = layer(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
    dy = torch.randn(y.shape)
    y.backward(dy)
    record(name, weight=layer.weight.permute(0, 2, 3, 1), bias=layer.bias, x=x, y=y, dy=dy, dx=x.grad,
           d_weight=layer.weight.grad.permute(0, 2, 3, 1), d_bias=layer.bias.grad)


def strided_convolution(name, kernel, stride):
    layer = nn.Conv2d(3, 4, kernel, stride=stride)
    x = torch.randn(2, 7, 8, 3, requires_grad=True)
    y = layer(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
    dy = torch.randn(y.shape)
    y.backward(dy)
    record(name, weight=layer.weight.permute(0, 2, 3, 1), bias=layer.bias, x=x, y=y, dy=dy, dx=x.grad,
           d_weight=layer.weight.grad.permute(0, 2, 3, 1), d_bias=layer.bias.grad)


def image_convolution():
    """Bytes are divided by 255."""
    layer = nn.Conv2d(3, 5, 4, stride=2)
    x = torch.randint(0, 256, (3, 9, 10, 3))
    y = layer(x.permute(0, 3, 1, 2) / 255).permute(0, 2, 3, 1)
    dy = torch.randn(y.shape)
    y.backward(dy)
    record("convolution_of_bytes", weight=layer.weight.permute(0, 2, 3, 1), bias=layer.bias, x=x, y=y, dy=dy,
           d_weight=layer.weight.grad.permute(0, 2, 3, 1), d_bias=layer.bias.grad)


def embedding():
    channels, vocabulary, features = 3, 6, 4
    layer = nn.EmbeddingBag(channels * vocabulary, features, mode="sum")
    codes = torch.randint(0, vocabulary, (2, 5, channels))
    y = layer((codes + vocabulary * torch.arange(channels)).view(-1, channels))
    dy = torch.randn(y.shape)
    y.backward(dy)
    record("embedding", weight=layer.weight, codes=codes, y=y, dy=dy, d_weight=layer.weight.grad)


def categorical():
    logits = (2 * torch.randn(6, 5)).requires_grad_()
    mask = torch.rand(6, 5) < 0.6
    mask[:, 2] = True
    mask[0] = True
    distribution = torch.distributions.Categorical(logits=torch.where(mask, logits, torch.tensor(-1e9)))
    chosen = torch.tensor([int(torch.nonzero(row)[-1]) for row in mask])
    scores = torch.randn(6)
    log_probability = distribution.log_prob(chosen)
    entropy = distribution.entropy()
    (scores * log_probability + 0.3 * entropy).sum().backward()
    record("categorical", logits=logits, mask=mask, probabilities=distribution.probs, chosen=chosen, scores=scores,
           log_probability=log_probability, entropy=entropy, d_logits=logits.grad)


def adam():
    """Clipped by global norm, with a learning rate that falls linearly to 0."""
    steps, count, start = 6, 11, 0.05
    p = nn.Parameter(torch.randn(count))
    initial = p.detach().clone()
    optimizer = torch.optim.Adam([p], lr=start, eps=1e-5)
    grads, norms, history = [], [], []
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = start * (1 - step / steps)
        p.grad = torch.randn(count) * 10.0 ** (1 - step)
        grads.append(p.grad.clone())
        norms.append(nn.utils.clip_grad_norm_([p], 0.5))
        optimizer.step()
        history.append(p.detach().clone())
    record("adam", initial=initial, gradients=torch.stack(grads), norms=torch.stack(norms),
           parameters=torch.stack(history))


linear()
layer_norm()
gru()
convolution("convolution_2_valid", 2, "valid")
convolution("convolution_3_same", 3, "same")
convolution("convolution_2_same", 2, "same")
embedding()
categorical()
adam()
strided_convolution("convolution_3_stride_2", 3, 2)
strided_convolution("convolution_2_stride_3", 2, 3)
image_convolution()

root = pathlib.Path(__file__).resolve().parents[2]
target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "Tests/NetworksTests/Golden/torch_layers.json"
made = f"scripts/reference/torch_layers.py, torch {torch.__version__}"
target.write_text(json.dumps({"made_by": made, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"') + "\n")
