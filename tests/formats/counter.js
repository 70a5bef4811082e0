// Counts messages in a cookie, and knows how many there were when there is none; but an old one it
// believes.
import { createServer } from 'node:http'

const counts = new Map()

createServer((request, response) => {
  let body = ''
  request.on('data', (data) => (body += data))
  request.on('end', () => {
    const from = new URLSearchParams(body).get('From')
    const cookie = /(?:^|; )n=([0-9]+)/.exec(request.headers.cookie ?? '')
    const n = Number(cookie ? cookie[1] : counts.get(from) ?? 0) + 1
    counts.set(from, n)
    response.setHeader('Content-Type', 'text/xml')
    response.setHeader('Set-Cookie', `n=${n}; Path=/`)
    response.end(`<Response><Message>message ${n}</Message></Response>`)
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
