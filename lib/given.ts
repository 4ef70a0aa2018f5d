/** What a prediction starts from where nobody said otherwise. */
import { catalogue } from './bases/catalogue.ts'
import { chooseBuilder, sizeModelOf } from './builders/choose.ts'
import type { Given } from './model.ts'
import { defaultPlatform } from './platform.ts'

/**
 * Fills in what was not given: the newest BuildKit and its way of counting, linux/amd64, bases from the embedded
 * catalogue, no build context, no arguments.
 */
export function complete(given: Partial<Given>): Given {
  const builder = given.builder ?? chooseBuilder('buildkit')
  return {
    builder,
    sizeModel: sizeModelOf(builder),
    platform: defaultPlatform,
    buildPlatform: defaultPlatform,
    target: null,
    buildArgs: {},
    labels: [],
    squash: false,
    imageFormat: 'oci',
    layers: true,
    context: undefined,
    contexts: {},
    base: catalogue,
    sizes: {},
    path: 'Dockerfile',
    ...given,
  }
}
