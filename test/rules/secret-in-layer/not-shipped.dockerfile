FROM node:22-slim AS build
COPY .npmrc /root/.npmrc
RUN npm ping && rm /root/.npmrc
FROM node:22-slim
