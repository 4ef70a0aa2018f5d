FROM node:22-slim
WORKDIR /app
COPY . .
RUN chown -R node:node /app
RUN chmod -R 755 /app
USER node
