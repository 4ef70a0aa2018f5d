FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
RUN yarn
