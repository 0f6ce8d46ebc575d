/** Limits of forms and files. */
export interface UploadSettings {
  readonly uploads?: UploadLimits
}

/** Limits of the forms that channels take, and where their files are meanwhile. */
export interface UploadLimits {
  /** The largest file where its model names no `maxBytes`, in bytes; 10 MiB if it is not given. */
  readonly fileLimit?: number
  /** The largest text, in bytes; as large as `bodyLimit` if it is not given. */
  readonly fieldLimit?: number
  /** How many files a form may hold; 100 if it is not given. */
  readonly files?: number
  /** How many texts a form may hold; 1000 if it is not given. */
  readonly fields?: number
  /** The largest form, in bytes; as large as its declared files with `bodyLimit` for all the rest if it is not given. */
  readonly requestLimit?: number
  /** The folder for temporary files; that of the operating system if it is not given. */
  readonly folder?: string
}

/** The limits of one channel, all of them set. */
export interface Limits extends UploadLimits {
  readonly fileLimit: number
  readonly fieldLimit: number
  readonly files: number
  readonly fields: number
  /** How large all texts together may be, in bytes: they are in memory, whatever files come with them. */
  readonly textsLimit: number
}

const defaultFileLimit: number = 10 * 1024 * 1024

/** The limits of a channel whose settings name some of them. */
export function limitsOf({ uploads = {} }: UploadSettings, bodyLimit: number): Limits {
  const { fieldLimit = bodyLimit } = uploads
  const textsLimit = Math.max(bodyLimit, fieldLimit)
  return { fileLimit: defaultFileLimit, files: 100, fields: 1000, ...uploads, fieldLimit, textsLimit }
}
