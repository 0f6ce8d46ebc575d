import { StartupError } from '../../kernel/startup-error.ts'
import { outputModel } from '../../schema/output-model.ts'
import { drfShape } from './drf-shape.ts'
import { envelopeShape } from './envelope-shape.ts'
import type { ErrorSettings, ErrorShapeName, OwnErrors } from './error-settings.ts'
import type { ErrorShape } from './error-shape.ts'
import { fastapiShape } from './fastapi-shape.ts'
import { problemShape } from './problem-shape.ts'
import { simpleShape } from './simple-shape.ts'

/** The shapes by name. */
export const errorShapes: Readonly<Record<ErrorShapeName, ErrorShape>> = {
  problem: problemShape,
  simple: simpleShape,
  envelope: envelopeShape,
  fastapi: fastapiShape,
  drf: drfShape,
}

/** The shape that a setting stands for. @throws StartupError for a name that is none */
export function errorShape(setting: ErrorSettings['errors'] = 'problem'): ErrorShape {
  if (typeof setting === 'string') return named(setting)
  if (typeof setting === 'function') return ownShape({ body: setting })
  if (!('shape' in setting)) return ownShape(setting)
  const shape = named(setting.shape)
  return { ...shape, texts: { ...shape.texts, ...setting.texts } }
}

function named(name: ErrorShapeName): ErrorShape {
  if (Object.hasOwn(errorShapes, name)) return errorShapes[name]
  const known = Object.keys(errorShapes).join("', '")
  throw new StartupError([`there is no error shape '${name}': set 'errors' to one of '${known}', or to a function`])
}

function ownShape({ body, schema, type = 'application/json' }: OwnErrors): ErrorShape {
  return {
    name: 'Error',
    type,
    schema: schema && outputModel(schema).json,
    body: ({ problem, cid, development, method, path }) => body(problem, { cid, development, method, path }),
  }
}
