import { statSync } from 'node:fs'
import { join, normalize, resolve } from 'node:path'
import { headerFault } from '../reply/reply-header.ts'
import type { StaticFolder, StaticSettings } from './settings.ts'

/** A folder with the path below which it is served, without a slash at its end. */
export interface Mount extends StaticFolder {
  readonly prefix: string
  readonly index: string
}

/** The folders that an app serves; the longer path counts first. */
export function mountsOf({ static: folders = {} }: StaticSettings): readonly Mount[] {
  return Object.entries(folders)
    .map(([path, setting]) => {
      const options = typeof setting === 'string' ? { folder: setting } : setting
      const { folder, spa } = options
      return {
        index: 'index.html',
        ...options,
        folder: resolve(folder),
        ...(spa !== undefined && { spa: normalize(spa) }),
        prefix: path.replace(/\/$/, ''),
      }
    })
    .sort((a, b) => b.prefix.length - a.prefix.length)
}

/** What is wrong with the folders, each as a sentence that says how to mend it. */
export function mountFaults(settings: StaticSettings): readonly string[] {
  const wrongPaths = Object.keys(settings.static ?? {}).flatMap((path) =>
    /^\/(?:[^\s{}?#%\\]*[^/])?\/?$/.test(path) && !path.includes('//')
      ? []
      : [`static serves files below '${path}', which is no path: write it as '/' or '/assets'`],
  )
  const wrongHeaders = mountsOf(settings).flatMap(({ prefix, headers = {} }) =>
    Object.entries(headers).flatMap(([name, value]) => {
      const fault = headerFault(name, value)
      if (fault === undefined) return []
      return [`the header '${name}' of static '${prefix}/' cannot be sent (${fault}): change or remove it`]
    }),
  )
  const wrongFolders = mountsOf(settings).flatMap(({ prefix, folder, spa }) => {
    const where = `static '${prefix}/'`
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      return [`${where} has its files in ${folder}, which is no folder: make it, or correct the path`]
    }
    if (spa === undefined || statSync(join(folder, spa), { throwIfNoEntry: false })?.isFile() === true) return []
    return [`${where} has ${spa} as its single-page app, which is not in ${folder}: build it, or correct the name`]
  })
  return [...wrongPaths, ...wrongHeaders, ...wrongFolders]
}
