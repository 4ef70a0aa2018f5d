FROM debian:12-slim
RUN app --password=changeme --token '<your-token>' --api-key /run/keys/a
ENV API_KEY_PATH=/run/keys/a TOKEN=
RUN adduser --disabled-password bob
