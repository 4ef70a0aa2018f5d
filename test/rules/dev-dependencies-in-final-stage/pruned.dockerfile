FROM node:22-slim
WORKDIR /app
COPY package.json .
RUN npm ci && npm run build && npm prune --omit=dev && npm cache clean --force
