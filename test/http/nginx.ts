import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

const command = '/usr/sbin/nginx'

/** Why there is no nginx to test with; false when there is one. In CI there has to be. */
export function nginxFault(): string | false {
  if (process.env.CI === 'true' || spawnSync(command, ['-v']).status === 0) return false
  return `${command} is not installed`
}

/** An nginx that hands on all that it takes to a server of this machine, on connections that it keeps. */
export interface Nginx extends AsyncDisposable {
  readonly port: number
  /** Stops it, and returns what it knows of each request: the status that the server answered with, or `-`, and the path. */
  readonly stop: () => Promise<readonly string[]>
}

/** Starts an nginx in front of a port of this machine. */
export async function startNginx(upstream: number): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'))
  const port = await freePort()
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, upstream))
  const running = spawn(command, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  })
  const ended = once(running, 'exit')
  await listening(running, port)
  const stop = async (): Promise<readonly string[]> => {
    running.kill('SIGQUIT')
    await ended
    return (await readFile(join(folder, 'access.log'), 'latin1')).split('\n').filter((line) => line !== '')
  }
  return {
    port,
    stop,
    [Symbol.asyncDispose]: async () => {
      running.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

function configuration(folder: string, port: number, upstream: number): string {
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    events { worker_connections 256; }
    http {
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
      log_format paths '$upstream_status $uri';
      access_log ${folder}/access.log paths;
      upstream app { server 127.0.0.1:${upstream}; keepalive 1; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://app;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header Host $host;
          proxy_request_buffering off;
          proxy_ignore_client_abort on;
        }
      }
    }
  `
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function listening(running: ChildProcess, port: number): Promise<void> {
  while (running.exitCode === null) {
    const socket = connect(port, '127.0.0.1')
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (open) return
    await turn()
  }
  throw new Error('nginx did not start')
}
