/** Posts files and tells how far it is, from 0 to 1. Undefined if the server could not be reached. */
export function upload(
  url: string,
  files: FileList,
  token: string,
  progress: (part: number) => void,
): Promise<string | undefined> {
  const data = new FormData()
  data.set("csrfmiddlewaretoken", token)
  for (const file of files) data.append("files", file)
  // fetch cannot tell how much of a body has left; XMLHttpRequest can.
  const request = new XMLHttpRequest()
  request.open("POST", url)
  request.setRequestHeader("HX-Request", "true")
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
    request.onload = () =>
      resolve([200, 422].includes(request.status) ? request.responseText : undefined)
    request.onerror = () => resolve(undefined)
    request.send(data)
  })
}
