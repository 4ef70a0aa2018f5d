/** What programs cannot do where they are applets of BusyBox. */
import type { Call } from './command.ts'

/** Is it an applet of some BusyBox? */
export const isApplet = ({ command }: Pick<Call, 'command'>): boolean => command.dialect === 'ash'

/**
 * Is it an applet of the BusyBox that Debian links statically, which needs no links for its applets and leaves out some of
 * what others bring? Told by the link that every other one has. Source: BusyBox 1.35.0 of Debian, its help texts.
 */
export const isDebians = (call: Pick<Call, 'command' | 'files'>): boolean =>
  isApplet(call) && ['/bin/[', '/usr/bin/['].every((path) => call.files.presence(path) === 'no')
