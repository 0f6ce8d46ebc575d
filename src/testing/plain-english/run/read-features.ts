import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type FeatureFile, readFeature } from '../feature-file.ts'
import { uriOf } from './find-features.ts'
import { reasonOf } from './run-fault.ts'

/** Reads feature files; what cannot be read is a feature with a fault, so that the run says so and fails. */
export function readFeatures(files: readonly string[], working: string): readonly FeatureFile[] {
  return files.map((file) => readOne(file, uriOf(file, working)))
}

function readOne(file: string, uri: string): FeatureFile {
  const folder = dirname(file)
  try {
    return readFeature(uri, textOf(file), (name) => textOf(resolve(folder, name)))
  } catch (error) {
    return { ...readFeature(uri, ''), faults: [{ line: 1, column: 1, message: reasonOf(error) }] }
  }
}

function textOf(file: string): string {
  const bytes = readFileSync(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${file} is not in UTF-8: save it in that encoding`)
  }
}
