FROM node:22-slim
WORKDIR /app
ADD . /app/
ENV A=1
RUN corepack enable && yarn install --network-timeout 100000
