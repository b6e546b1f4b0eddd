/** Names of headers, each with its length before it: the first part of the dictionary. A `_` stands for a blank. */
const names =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow autho' +
  'rization cache-control connection content-base content-encoding content-language content-length content-location conte' +
  'nt-md5 content-range content-type date etag expect expires from host if-match if-modified-since if-none-match if-range' +
  ' if-unmodified-since last-modified location max-forwards pragma proxy-authenticate proxy-authorization range referer r' +
  'etry-after server te trailer transfer-encoding upgrade user-agent vary via warning www-authenticate method get status ' +
  '200_OK version HTTP/1.1 url public set-cookie keep-alive origin';

/** Values, one behind the other: the second part. */
const values =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Inform' +
  'ation204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server E' +
  'rror501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed,' +
  ' Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/pla' +
  'in,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.';

function withLength(name: string): Buffer {
  const bytes = Buffer.from(name.replace('_', ' '));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** What both sides of SPDY/3 know before the first header (SPDY Protocol, draft 3, section 2.6.10.1). */
export const dictionary: Buffer = Buffer.concat([...names.split(' ').map(withLength), Buffer.from(values)]);
