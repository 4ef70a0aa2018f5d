FROM python:3.13-slim AS b
RUN pip install \
    # the server
    flask
FROM python:3.13-slim
COPY --from=b /root /root
