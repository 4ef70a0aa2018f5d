FROM node:22-slim
ENV npm_config_cache=/c
RUN --mount=type=cache,target=/c npm install -g typescript
