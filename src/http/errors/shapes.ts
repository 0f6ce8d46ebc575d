import { outputModel } from '../../schema/output-model.ts'
import type { Route } from '../route/route.ts'
import { drfShape } from './drf-shape.ts'
import { envelopeShape } from './envelope-shape.ts'
import type { ErrorSettings, ErrorShapeName, OwnErrors } from './error-settings.ts'
import type { ErrorShape } from './error-shape.ts'
import { fastapiShape } from './fastapi-shape.ts'
import { problemShape } from './problem-shape.ts'
import { simpleShape } from './simple-shape.ts'

/** The shapes by name. */
const errorShapes: Readonly<Record<ErrorShapeName, ErrorShape>> = {
  problem: problemShape,
  simple: simpleShape,
  envelope: envelopeShape,
  fastapi: fastapiShape,
  drf: drfShape,
}

/** What is wrong with the setting of a channel, as whole sentences that say how to mend it. */
export function errorFaults({ channel, service }: Route<unknown>): readonly string[] {
  const { errors = 'problem' } = channel.options
  const name = typeof errors === 'object' && 'shape' in errors ? errors.shape : errors
  if (typeof name !== 'string' || Object.hasOwn(errorShapes, name)) return []
  const known = Object.keys(errorShapes).join("', '")
  return [
    `the errors of ${channel.address} (${service}) have the shape '${name}', which is none: take one of '${known}', or give a function`,
  ]
}

/** The shape that a setting stands for; `problem` for a name that is none. */
export function errorShape(setting: ErrorSettings['errors'] = 'problem'): ErrorShape {
  if (typeof setting === 'string') return named(setting)
  if (typeof setting === 'function') return ownShape({ body: setting })
  if (!('shape' in setting)) return ownShape(setting)
  const shape = named(setting.shape)
  return { ...shape, texts: { ...shape.texts, ...setting.texts } }
}

function named(name: ErrorShapeName): ErrorShape {
  return Object.hasOwn(errorShapes, name) ? errorShapes[name] : errorShapes.problem
}

function ownShape({ body, schema, type = 'application/json' }: OwnErrors): ErrorShape {
  return {
    name: 'Error',
    type,
    schema: schema && outputModel(schema).json,
    body: ({ problem, cid, development, method, path }) => body(problem, { cid, development, method, path }),
  }
}
