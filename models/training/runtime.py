"""A few calls of ONNX Runtime's C interface through ctypes: enough to check an exported model where no Python package is to be had."""
import ctypes
import os

import numpy as np

# Positions in struct OrtApi of onnxruntime_c_api.h (append-only).
MESSAGE, ENVIRONMENT, SESSION, RUN, OPTIONS, THREADS, TENSOR, DATA, INFO_DIMS, DIMS, SHAPE, CPU = 2, 3, 7, 9, 10, 24, 49, 51, 61, 62, 65, 69
RELEASE_VALUE = 96


class Runtime:
    def __init__(self, library):
        self._library = ctypes.CDLL(os.path.abspath(library))
        self._library.OrtGetApiBase.restype = ctypes.POINTER(ctypes.c_void_p)
        base = self._library.OrtGetApiBase()
        self._api = ctypes.CFUNCTYPE(ctypes.POINTER(ctypes.c_void_p), ctypes.c_uint32)(base[0])(12)
        self._environment = self._new(ENVIRONMENT, ctypes.c_int(3), b"sluice-training")
        self._memory = self._new(CPU, ctypes.c_int(0), ctypes.c_int(0))

    def _call(self, position, *arguments):
        status = ctypes.CFUNCTYPE(ctypes.c_void_p, *[type(a) for a in arguments])(self._api[position])(*arguments)
        if status:
            raise RuntimeError(ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(self._api[MESSAGE])(status).decode())

    def _new(self, position, *arguments):
        made = ctypes.c_void_p()
        arguments = [ctypes.c_char_p(a) if isinstance(a, bytes) else a for a in arguments]
        self._call(position, *arguments, ctypes.pointer(made))
        return made

    def load(self, path, threads=1):
        options = self._new(OPTIONS)
        self._call(THREADS, options, ctypes.c_int(threads))
        session = self._new(SESSION, self._environment, path.encode(), options)
        return lambda feeds, output: self._run(session, feeds, output)

    def _run(self, session, feeds, output):
        names = (ctypes.c_char_p * len(feeds))(*[n.encode() for n in feeds])
        held = [np.ascontiguousarray(v, np.int64) for v in feeds.values()]
        values = (ctypes.c_void_p * len(held))()
        for i, array in enumerate(held):
            shape = (ctypes.c_int64 * array.ndim)(*array.shape)
            values[i] = self._new(TENSOR, self._memory, ctypes.c_void_p(array.ctypes.data), ctypes.c_size_t(array.nbytes),
                                  ctypes.cast(shape, ctypes.c_void_p), ctypes.c_size_t(array.ndim), ctypes.c_int(7)).value
        result = (ctypes.c_void_p * 1)()
        self._call(RUN, session, ctypes.c_void_p(), ctypes.cast(names, ctypes.c_void_p), ctypes.cast(values, ctypes.c_void_p),
                   ctypes.c_size_t(len(held)), ctypes.cast((ctypes.c_char_p * 1)(output.encode()), ctypes.c_void_p), ctypes.c_size_t(1),
                   ctypes.cast(result, ctypes.c_void_p))
        value = ctypes.c_void_p(result[0])
        info = self._new(SHAPE, value)
        rank = ctypes.c_size_t()
        self._call(INFO_DIMS, info, ctypes.pointer(rank))
        shape = (ctypes.c_int64 * rank.value)()
        self._call(DIMS, info, ctypes.cast(shape, ctypes.c_void_p), rank)
        data = self._new(DATA, value)
        count = int(np.prod(shape[:]))
        array = np.ctypeslib.as_array(ctypes.cast(data, ctypes.POINTER(ctypes.c_float)), (count,)).copy().reshape(shape[:])
        for pointer in list(values) + [result[0]]:
            ctypes.CFUNCTYPE(None, ctypes.c_void_p)(self._api[RELEASE_VALUE])(pointer)
        return array
