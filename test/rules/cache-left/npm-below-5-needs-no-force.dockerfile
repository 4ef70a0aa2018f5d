FROM node:6-slim
WORKDIR /app
COPY package.json .
RUN npm install && npm cache clean
