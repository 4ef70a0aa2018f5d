FROM node:8-slim
WORKDIR /app
COPY package.json .
RUN npm install -g npm@4.6 && npm install && npm cache clean
