/** The value of RUN --mount, option by option. Source: Dockerfile reference, RUN --mount. */

/** `type=bind,from=build,target=/src` by name; '' for an option without a value, the last one where there are several. */
export const mountOptions = (value: string): ReadonlyMap<string, string> =>
  new Map(
    value.split(',').map((pair): [string, string] => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1)]
    }),
  )

/** Where it says that it is mounted; undefined: it does not. */
export const mountTarget = (options: ReadonlyMap<string, string>): string | undefined =>
  options.get('target') ?? options.get('dst') ?? options.get('destination')
