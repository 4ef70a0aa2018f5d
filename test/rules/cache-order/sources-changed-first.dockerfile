FROM node:22-slim
WORKDIR /app
COPY . .
RUN sed -i s/a/b/ package.json && npm install
