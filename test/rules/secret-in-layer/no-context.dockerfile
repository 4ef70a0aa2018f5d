FROM debian:12-slim
COPY deploy.key /deploy.key
RUN rm /deploy.key
