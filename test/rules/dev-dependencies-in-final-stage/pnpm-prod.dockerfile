FROM node:22-slim
WORKDIR /app
COPY package.json ./
RUN pnpm install --frozen-lockfile --prod
