import { namedFile } from '../request-files.ts'
import { filledInJson } from '../variables.ts'
import type { World } from '../world.ts'
import { parsedJson } from './given-json.ts'

/** The text of a file that a step names: in one of the folders beside the feature, or beside the feature itself. */
export async function givenFile(
  world: World,
  name: string,
  folders: readonly string[],
  extension = '',
): Promise<string> {
  const { content } = await namedFile(world, name, folders, extension)
  return new TextDecoder().decode(content)
}

/** The JSON of a file that a step compares a response with, its references filled in. */
export async function givenJsonFile(world: World, name: string): Promise<unknown> {
  const text = await givenFile(world, name, ['json/response'], '.json')
  return parsedJson(filledInJson(text, world.variables), `The JSON of the file '${name}'`)
}
