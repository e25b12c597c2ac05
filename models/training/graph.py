"""Writes ONNX graphs node by node (opset 17), and the manifest beside them."""
import hashlib
import json
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from wordpiece import cut_pair

LICENCE = "CC-BY-SA-4.0 (weights; trained on CC BY-SA 3.0/4.0, CC0-1.0, Apache-2.0 and MIT sources, see card.md)"


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.outputs, self._known = [], [], [], {}

    def node(self, kind, *inputs, **attributes):
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def constant_once(self, name, value):
        return name if any(c.name == name for c in self.constants) else self.constant(name, value)

    def ints(self, value):
        return self._shared(np.array(value, np.int64))

    def floats(self, value):
        return self._shared(np.array(value, np.float32))

    def whole(self, value):
        return self._shared(np.array(value, np.int32))

    def _shared(self, value):
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self._known:
            self._known[key] = self.constant(f"c{len(self._known)}", value)
        return self._known[key]

    def slice(self, value, axis, start, end):
        return self.node("Slice", value, self.ints([start]), self.ints([end]), self.ints([axis]))

    def linear(self, value, layer, name):
        weight = self.constant(name + ".weight", layer.weight.detach().numpy().T.astype(np.float32))
        return self.node("Add", self.node("MatMul", value, weight), self.constant(name + ".bias", layer.bias.detach().numpy()))

    def extra(self, name, width, value):
        """A further output beside the one that the manifest names."""
        self.nodes.append(helper.make_node("Identity", [value], [name], name=name))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", width]))

    def save(self, path, inputs, output, width, last, name=None):
        self.nodes.append(helper.make_node("Identity", [last], [output], name="output"))
        graph = helper.make_graph(
            self.nodes, name or os.path.basename(os.path.dirname(path)),
            [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "tokens"]) for n in inputs],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])] + self.outputs, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="sluice-training")
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)


def cut(first, second, limit, special):
    """Ids and types of a pair of already encoded texts."""
    a, b = cut_pair(first, second, limit)
    return np.concatenate((special[0], a, special[1], b, special[1])), np.repeat((0, 1), (len(a) + 2, len(b) + 1))


def sha256(path):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def write_manifest(folder, name, task, text, max_tokens, inputs, output, width, licence, example, normalize=False, version="1", **extra):
    tokenizer = "../tokenizer/tokenizer.json"
    document = {
        "name": name, "version": version, "task": task, "text": text,
        "model": {"file": "model.onnx", "sha256": sha256(os.path.join(folder, "model.onnx"))},
        "tokenizer": {"file": tokenizer, "sha256": sha256(os.path.join(folder, tokenizer))},
        "maxTokens": max_tokens, "inputs": [{"name": n, "type": "int64"} for n in inputs],
        "output": {"name": output, "type": "float32", "width": width}, "pooling": "none", "normalize": normalize,
        **extra, "licence": licence, "example": example}
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8", newline="\n") as stream:
        json.dump(document, stream, ensure_ascii=False, indent=2)
        stream.write("\n")
