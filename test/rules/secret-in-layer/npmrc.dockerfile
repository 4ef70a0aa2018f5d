FROM node:22-slim
COPY .npmrc /root/.npmrc
RUN npm ping && rm /root/.npmrc
