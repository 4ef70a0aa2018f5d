FROM node:22-alpine
RUN apk add --no-cache g++ make python3
COPY . .
RUN npm ci --omit=dev && npm cache clean --force
CMD ["node", "index.js"]
