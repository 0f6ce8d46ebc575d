/** The media type of a file by its name; text is UTF-8. */
export async function fileType(path: string): Promise<string> {
  // Loaded with the first file that is sent.
  const { default: mime } = await import('mime')
  const type = mime.getType(path) ?? 'application/octet-stream'
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type
}
