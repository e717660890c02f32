// Loaded into the server by iniciar.mjs: when the supervisor dies without a word (kill -9), the server stops too
// instead of keeping the port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
