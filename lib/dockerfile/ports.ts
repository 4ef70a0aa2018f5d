/** Port specifications of EXPOSE. Source: history specification, 5.7; the `nat` rules of Docker. */
import type { Traits } from '../traits.ts'

/** What EXPOSE adds to the ports that are exposed; a text says why it is refused. */
export function portsOf(
  words: readonly string[],
  exposed: Iterable<string>,
  { family, exposeOnce, protocolsChecked }: Traits,
) {
  if (family === 'buildah')
    return words.length === 0 ? 'EXPOSE requires at least one argument' : anyPorts(words, exposed, exposeOnce)
  // Of what is divided by slashes the first two parts count.
  const taken = protocolsChecked ? words : words.map((word) => word.split('/').slice(0, 2).join('/'))
  const ports = taken.map(exposedPorts)
  return ports.find((port) => typeof port === 'string') ?? ports.flat()
}

/** `[host:][from:]80-82/tcp` → `80/tcp`, `81/tcp`, `82/tcp`; a text says why it is refused. */
export function exposedPorts(spec: string): readonly string[] | string {
  const [, address = '', protocol = ''] = /^([^/]*)(?:\/(.*))?$/s.exec(spec) ?? []
  const proto = (protocol === '' ? 'tcp' : protocol).toLowerCase()
  const parts = splitAddress(address)
  const container = parts.at(-1)!
  if (container === '') return `no port specified: ${spec}`
  const range = portRange(container)
  if (range === undefined) return `invalid containerPort: ${container}`
  const host = parts.at(-2) ?? ''
  const hostRange = host === '' ? undefined : portRange(host)
  if (host !== '' && hostRange === undefined) return `invalid hostPort: ${host}`
  if (hostRange !== undefined && hostRange[1] - hostRange[0] !== range[1] - range[0] && range[0] !== range[1])
    return `invalid ranges specified for container and host Ports: ${container} and ${host}`
  if (!['tcp', 'udp', 'sctp'].includes(proto)) return `invalid proto: ${protocol}`
  return Array.from({ length: range[1] - range[0] + 1 }, (_, i) => `${range[0] + i}/${proto}`)
}

/**
 * The same as Buildah has it: any text is a port, and none is added that an earlier line exposed. `once`: whatever its protocol.
 * (recorded: expose-again)
 */
function anyPorts(words: readonly string[], exposed: Iterable<string>, once: boolean): readonly string[] {
  const keyOf = (port: string): string => (once ? port.slice(0, port.indexOf('/')) : port)
  const before = new Set([...exposed].map(keyOf))
  const ports = words.map((word) => {
    const [number = '', protocol = 'tcp'] = word.split('/')
    return `${number}/${protocol}`
  })
  return ports.filter((port) => !before.has(keyOf(port)))
}

/** Cuts at colons that are outside the brackets of an IPv6 address. */
const splitAddress = (text: string): readonly string[] => text.split(/:(?![^[]*\])/)

function portRange(text: string): readonly [number, number] | undefined {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined || Number(first) > 65535 || Number(last) > 65535 || Number(last) < Number(first))
    return undefined
  return [Number(first), Number(last)]
}
