/** What a command model is: a program family's names, its options, and what a call does to files. */

import type { AptGround } from '../bases/guess.ts'
import type { BaseFacts, Entry, Platform, Problem } from '../model.ts'
import type { Command, Outcome, Output } from '../shell/command.ts'
import { silent } from '../shell/command.ts'
import type { Files } from './files.ts'

/** Who is who, as far as the files and the base say. */
export interface People {
  /** A user's number; null: not known. */
  readonly uid: (user: string) => number | null
  readonly gid: (group: string) => number | null
  /** The group a user logs in with. */
  readonly login: (user: string) => number | null
}

/** What is known outside of the file system. */
export interface World extends People {
  readonly files: Files
  readonly platform: Platform
  /** Facts of the base: packages, accounts, operating system. */
  readonly facts: BaseFacts
  /** What apt finds, where only the name of the base tells of it. */
  readonly ground?: AptGround
  /** Bytes of a download, by URL as the program asks for it; undefined: not known. */
  readonly download: (url: string) => number | undefined
  /** What is in an archive at hand, as it would be extracted; undefined: it is not at hand, or no archive. */
  readonly archive: (file: Entry) => readonly Entry[] | undefined
  /**
   * State one family keeps from RUN to RUN of a stage: resolver sets, account counters. The family names and shapes it.
   * A value is replaced, never changed: the stages that stand on this one begin with the same.
   */
  readonly state: Map<string, unknown>
  readonly tell: (problem: Problem) => void
}

/** The options of a call, by name as written in the family's table, `-` included. */
export interface Flags {
  /** Any of these was given. */
  has(...names: readonly string[]): boolean
  /** The last value given to one of these; undefined: not given. */
  value(...names: readonly string[]): string | undefined
  /** All values given to these, in order. */
  all(...names: readonly string[]): readonly string[]
}

/** One call of a program, its words taken apart. */
export interface Call extends World {
  /** The program, without folder. */
  readonly name: string
  /** Words that are no options. May hold stand-ins (lib/shell/known.ts). */
  readonly args: readonly string[]
  readonly flags: Flags
  readonly command: Command
  /** An argument as an absolute, normal path, stand-ins kept. */
  readonly path: (arg: string) => string
  /** A variable of the environment it runs in. */
  readonly env: (name: string) => string | undefined
  /** The home directory of who runs it. */
  readonly home: string
  /** Runs another program in the same place, as if the script had it: what `find -exec` does. What it prints goes where this one prints. */
  readonly also: (argv: readonly string[]) => Pick<Outcome, 'status'>
}

/** What a model returns; nothing at all: it succeeded and printed nothing that matters. */
export type Result = Outcome | undefined

/** A program family. */
export interface Model {
  /** Programs without folder; a `*` at the end stands for any version: `pip3*`. */
  readonly names: readonly string[]
  /** Options that take a value: `-o`, `--output`, and for odd programs `-name`. */
  readonly values?: readonly string[]
  /** Options whose value, if any, is in the same word: `-i.bak`, `--backup=x`. */
  readonly attached?: readonly string[]
  /** Options end at the first word that is none. */
  readonly early?: true
  /** `-name` is one option, not four letters: find, java, openssl. */
  readonly oneDash?: true
  /** Long options are never cut short: `--global` is not the beginning of `--globalconfig`. */
  readonly wholeNames?: true
  /** It does what it says unless it says `failed`: no network, nothing that cannot be foreseen. A list: with these verbs. */
  readonly reliable?: true | readonly string[]
  readonly run: (call: Call) => Result
}

/** Types a model where it is written. */
export const model = (it: Model): Model => it

/** It failed, as far as anybody can tell, and wrote nothing. */
export const failed: Outcome = { status: 'failed', output: silent }

/** It succeeds, and prints this. */
export const prints = (output: Output): Outcome => ({ status: 'ok', output })

/** It succeeds and prints what nobody knows. */
export const done: Outcome = { status: 'ok' }

/** It may have failed. */
export const unsure: Outcome = { status: 'unknown' }

/** The same, and that it mostly works says nothing: it hangs on what an earlier command has left open. */
export const wavering: Outcome = { status: 'unknown', wavers: true }

/** What a call over several operands comes to: it goes on after one that fails, and says so at its end. */
export const worst = (each: readonly Result[]): Result =>
  each.find((one) => one?.status === 'failed') ?? each.find((one) => one !== undefined)
