"""llama.cpp's server in a process of its own: `python -m engines.llama_server MODEL NAME [embedding]`.

Prints its address, and serves until its standard input ends.
"""

import sys

import xllamacpp


def main(model: str, name: str, kind: str = "chat") -> None:
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {name}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 2 * 65536
    params.n_parallel = 2
    params.warmup = False
    params.endpoint_slots = True
    params.endpoint_metrics = True
    params.use_jinja = True
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    if kind == "embedding":
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
