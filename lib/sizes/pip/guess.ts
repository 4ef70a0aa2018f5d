/**
 * How big distributions are that no table has: by their wheels where a lock file says how long those are, else as the
 * measured ones are in the mean.
 *
 * Constants: fitted on the table, logarithms of 459 wheels measured for Python 3.11, and sums of some drawn from them.
 */
import { type Part, spanOf } from '../total.ts'

/** A wheel as a lock file describes it. */
export interface Packed {
  readonly bytes: number
  /** It holds machine code. */
  readonly native: boolean
}

/** Likely bytes, and between which they surely are. */
export interface Share {
  readonly bytes: number
  readonly low: number
  readonly high: number
}

/** Bytes that may be off by a share of them. */
export const share = (bytes: number, margin: number): Share => ({
  bytes,
  low: bytes * Math.max(0, 1 - margin),
  high: bytes * (1 + margin),
})

/** What a distribution that nobody has measured stores. */
export interface Guessed {
  readonly own: Share
  readonly byteCode: Share
  readonly packed: Share
}

/** So many standard deviations down and up. */
const reach = 2

const parts = (all: Share, code: number): Pick<Guessed, 'own' | 'byteCode'> => {
  const part = (of: number): Share => ({ bytes: all.bytes * of, low: all.low * of, high: all.high * of })
  return { own: part(1 - code), byteCode: part(code) }
}

// ---- by the wheel -----------------------------------------------------------------------------------------

// Of what is unpacked and compiled the logarithm over the wheel's: mean and standard deviation. Small ones are mostly
// metadata, which has no byte code, and big ones mostly data.
const native = [1.36, 0.35] as const
const pure = [
  [20_000, 1.63, 0.35],
  [1_000_000, 1.97, 0.3],
  [Number.POSITIVE_INFINITY, 1.47, 0.55],
] as const
// Byte code is so much of it.
const codeShare = { pure: 0.45, native: 0.16, blind: 0.4 } as const

const ratioOf = (wheel: Packed): readonly [mean: number, spread: number] => {
  if (wheel.native) return native
  const [, mean, spread] = pure.find(([most]) => wheel.bytes < most) ?? pure[2]
  return [mean, spread]
}

/**
 * What a distribution stores whose wheel a lock file describes. `among`: all wheels of this kind, itself too, that are
 * guessed for the same sum; together they are surer than alone, and each takes its share of that.
 */
export function guessByWheel(wheel: Packed, among: readonly Packed[] = [wheel]): Guessed {
  const partOf = (one: Packed): Part => {
    const [mean, spread] = ratioOf(one)
    return { bytes: one.bytes * Math.exp(mean), spread, times: 1 }
  }
  const all = among.map(partOf)
  const { bytes, low, high } = spanOf(all, '')
  const middle = partOf(wheel).bytes / all.reduce((sum, one) => sum + one.bytes, 0)
  const own = { bytes: (bytes ?? 0) * middle, low: low * middle, high: (high ?? 0) * middle }
  return { ...parts(own, codeShare[wheel.native ? 'native' : 'pure']), packed: share(wheel.bytes, 0) }
}

// ---- by nothing -------------------------------------------------------------------------------------------

/**
 * Logarithms of sums: of one distribution, and how they rise with the logarithm of how many there are, less a share of
 * that again, as they come to need the same ones; how the deviation falls with their number, and what of it does not.
 */
interface Blind {
  readonly one: number
  readonly rises: number
  readonly less: number
  readonly falls: number
  readonly shared: number
}

const spreadOfOne = 2.05
const locked: Blind = { one: 13.25, rises: 1.9, less: 0.1, falls: 0.3, shared: 0.5 }
// With all that they need and nobody lists: ten others in the mean. Installs on 2026-11-22 brought a little less.
const unlocked: Blind = { one: 15.6, rises: 2.1, less: 0.27, falls: 0.5, shared: 0.8 }

/** As many as sums were drawn for. */
const mostDrawn = 40

const packedShare = 0.17

/**
 * What each of `count` distributions stores of which nothing but the name is known. `alone`: nothing else comes with them
 * that is not asked for.
 */
export function guessBlind(count: number, alone: boolean): Guessed {
  const { one, rises, less, falls, shared } = alone ? locked : unlocked
  const drawn = Math.max(1, Math.min(count, mostDrawn))
  const more = Math.log(drawn)
  const mean = one + more * (rises - less * more) + Math.log(Math.max(1, count) / drawn)
  const spread = Math.hypot(spreadOfOne * drawn ** -falls, shared * (1 - 1 / drawn))
  const each = Math.exp(mean) / Math.max(1, count)
  const all = { bytes: each, low: each * Math.exp(-reach * spread), high: each * Math.exp(reach * spread) }
  const part = (of: number): Share => ({ bytes: all.bytes * of, low: all.low * of, high: all.high * of })
  return { ...parts(all, codeShare.blind), packed: part(packedShare) }
}

// ---- by nothing, and best left so -------------------------------------------------------------------------

// Far bigger than all others, or in need of such: a mean says nothing of them. Source: their files on the Python Package
// Index, each over 100 MB.
const heavy =
  /^(?:torch|tensorflow|tensorrt|nvidia|cupy|jax(?:lib)?-cuda|vllm|triton|paddlepaddle|mxnet|xgboost|pyspark|flash-attn|bitsandbytes|deepspeed|sentence-transformers|ultralytics|easyocr|openai-whisper|accelerate|lightning|pytorch|timm|fastai|fairseq|detectron2|xformers|spleeter|playwright)(?:$|-)/

/** Is a distribution one that no mean says anything of? By its normal name. */
export const isHeavy = (name: string): boolean => heavy.test(name)
