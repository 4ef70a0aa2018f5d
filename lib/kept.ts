/** Results of pure functions, kept for who asks the same again. */

/**
 * A function that remembers what it made of a key, up to `most` keys; then it begins anew. `make` may use nothing but
 * the key, and nobody may change what it gives: all who ask get the same one.
 */
export function kept<T>(most: number, make: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (key) => {
    let found = known.get(key)
    if (found === undefined) {
      if (known.size >= most) known.clear()
      found = { value: make(key) }
      known.set(key, found)
    }
    return found.value
  }
}

/** The same for things that nobody changes; what was made of one is kept as long as somebody has it. */
export function keptFor<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>()
  return (key) => {
    let found = known.get(key)
    if (found === undefined) {
      found = { value: make(key) }
      known.set(key, found)
    }
    return found.value
  }
}

/** A value worked out once, when first asked for. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
