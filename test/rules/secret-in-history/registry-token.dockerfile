FROM node:22-slim
RUN npm config set //registry.npmjs.org/:_authToken=8a7b-6c5d-4e3f
