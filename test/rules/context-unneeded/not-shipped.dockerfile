FROM node:22-slim AS build
COPY . /app
FROM node:22-slim
COPY --from=build /app/a.js /app/
