/** An instruction in its place: operands expanded, and the setting it arrives in. */
import type { ImageConfig, Instruction } from '../model.ts'
import type { Operands } from './operands.ts'
import type { View } from './scope.ts'

/** A name that ARG declared, and its value; null: none. */
export type Arg = readonly [name: string, value: string | null]

/** What holds when a step begins. */
export interface Setting {
  /** Every variable that is replaced and that RUN sees: ENV and ARG by the builder's rules. */
  readonly state: View
  /** Env of the image. */
  readonly env: View
  /** Names of it that this stage set. */
  readonly ownEnv: ReadonlySet<string>
  /** In order of declaration, repeated declarations included. */
  readonly args: readonly Arg[]
  /** Words of SHELL; the default when none was given. */
  readonly shell: readonly string[]
  /** True: a SHELL instruction, here or in the base, said so. */
  readonly shellGiven: boolean
  readonly user: string
  readonly workdir: string
  readonly volumes: readonly string[]
  readonly author: string
}

export interface Step {
  readonly instruction: Instruction
  /** Variables replaced as the builder does. */
  readonly operands: Operands
  readonly before: Setting
  /** Index of its stage. */
  readonly stage: number
  /** WORKDIR: the resulting path as the row shows it. */
  readonly path?: string
  /** Texts of ARG as the row shows them. */
  readonly shown?: readonly string[]
  /** ARG: what it declares. */
  readonly declared?: readonly Arg[]
  /** Undeclared proxies that reached RUN from outside. */
  readonly proxied?: readonly string[]
  /** Variables that had no value. */
  readonly unset: readonly string[]
  /** It came from an ONBUILD of what the stage is built on. */
  readonly triggered: boolean
}

/** What a stage starts from, and what the next one built on it starts from. */
export interface Start {
  readonly config: ImageConfig
  readonly author: string
  /** Variables that BuildKit hands down to a child stage; [] for an image. */
  readonly values: readonly (readonly [string, string])[]
  readonly args: readonly Arg[]
}
