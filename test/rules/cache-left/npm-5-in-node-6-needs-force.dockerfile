FROM node:6-slim
WORKDIR /app
COPY package.json .
RUN npm install -g npm@5 && npm install && npm cache clean
