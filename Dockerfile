# Image of the application. PostgreSQL runs apart: see docker-compose.yml and docs/operacion.md.
FROM node:24-slim AS construccion
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production TZ=UTC HOST=0.0.0.0 PORT=3000 DATA_DIR=/datos
WORKDIR /app
COPY --from=construccion /app/package.json ./
COPY --from=construccion /app/node_modules ./node_modules
COPY --from=construccion /app/dist ./dist
COPY --from=construccion /app/public ./public
COPY --from=construccion /app/views ./views
COPY --from=construccion /app/prisma/migrations ./prisma/migrations
# The launcher of commands: docker compose exec sascop npm run respaldo
COPY --from=construccion /app/scripts/ejecutar.mjs /app/scripts/preparar.mjs ./scripts/
RUN mkdir /datos && chown node:node /datos
USER node
VOLUME /datos
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/salud').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Migrations, catalogues and the first administrator; then the server takes the place of the shell and gets its signals.
CMD ["sh", "-c", "node --enable-source-maps dist/scripts/bd/preparar.js && exec node --enable-source-maps dist/scripts/servir.js"]
