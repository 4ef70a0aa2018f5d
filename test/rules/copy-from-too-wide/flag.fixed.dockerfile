FROM python:3.13-slim AS b
RUN pip install --no-cache-dir \
    # the server
    flask
FROM python:3.13-slim
COPY --from=b /root /root
