import { expect } from 'chai'
import { progressOn } from '../../cli/progress.ts'

/** A terminal, a clock and one timer, all by hand. */
function atTerminal(isTerminal = true) {
  const written: string[] = []
  let time = 0
  let timer: { readonly at: number; readonly action: () => void } | undefined
  const err = {
    write: (text: string | Uint8Array) => void written.push(String(text)),
    isTerminal: () => isTerminal,
    columns: () => 20,
  }
  const progress = progressOn(
    err,
    () => time,
    (milliseconds, action) => {
      timer = { at: time + milliseconds, action }
      return () => {
        timer = undefined
      }
    },
  )
  const wait = (milliseconds: number) => {
    time += milliseconds
    if (timer !== undefined && timer.at <= time) timer.action()
  }
  return { ...progress, wait, written }
}

describe('progressOn', () => {
  it('says nothing within a second', () => {
    const { say, wait, clear, written } = atTerminal()
    say('reading a')
    wait(900)
    clear()
    wait(900)
    expect(written).to.deep.equal([])
  })

  it('says what is being done after a second, and takes it back', () => {
    const { say, wait, clear, written } = atTerminal()
    say('reading a')
    say('reading b')
    wait(1000)
    say('reading c')
    clear()
    clear()
    expect(written).to.deep.equal(['\r\x1b[Kreading b…', '\r\x1b[Kreading c…', '\r\x1b[K'])
  })

  it('fits the line and lets no control character through', () => {
    const { say, wait, written } = atTerminal()
    wait(2000)
    say('reading \x1b]0;a\x07 very long name')
    expect(written).to.deep.equal(['\r\x1b[Kreading  ]0;a  very'])
  })

  it('is silent where nobody looks', () => {
    const { say, wait, written } = atTerminal(false)
    say('reading a')
    wait(5000)
    expect(written).to.deep.equal([])
  })
})
