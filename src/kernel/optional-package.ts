/**
 * Loads a package that apps install only if they need it. `sentence` says who needs it, and how it is installed.
 *
 * @throws Error with the sentence when it is not installed
 */
export async function optionalPackage<Module>(load: () => Promise<Module>, sentence: string): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new Error(sentence)
  }
}
