import { exitCodeMeanings } from './exit-code.ts';
import { slashHelp } from './slash-command.ts';

const top = `holdfast: talk to a WebSocket server from a terminal, or be one

  holdfast URL                 connect; lines that you type are sent, messages are shown
  echo hi | holdfast URL       send each line of a pipe, print what comes, one message a line
  holdfast --listen PORT       be a server
  holdfast send FILE... URL    send files; a line that breaks is waited for, and they go on where they ended
  holdfast receive FOLDER URL  receive files; with --listen PORT in place of URL both are servers
  holdfast decode HEX          show the frames of bytes; without HEX, of what is read

A URL without a scheme is wss://, or ws:// on this machine: holdfast localhost:8080/chat

Connecting
  -H, --header 'Name: value'   a header of the request; '@file' takes lines of a file, which the list of
                               processes does not show
  -p, --protocol NAME          a sub-protocol to offer; several: in order of preference
      --origin ORIGIN          the Origin header
      --ca FILE                trust this authority instead of the system's (PEM)
      --cert FILE, --key FILE  our own certificate and its key (PEM)
      --servername NAME        the name to ask for and to check, where it is not the host
      --insecure               take any certificate; anybody on the way can then read and change all of it
      --proxy URL              go through a proxy: http:, https:, socks5:, socks5h:; or 'environment', for what
                               https_proxy, http_proxy, all_proxy and no_proxy say
      --unix-socket PATH       dial this in place of the host
      --redirects N            follow so many in a row (0); no header goes to another server
      --timeout SECONDS        the limit of connecting (15)
      --reconnect              come back when the line breaks; else that is the end, and has an exit code
      --no-compression         offer none, so that --frames shows what is said
      --no-heartbeat           send no pings of our own; else one every 20 seconds

Sending
  -m, --message TEXT           send this, and read nothing; several: in order
      --whole                  a pipe is one message, not one a line
      --binary                 send binary messages; a pipe is one message
      --hex                    lines, and -m, are bytes in hex: 00ff
      --once                   end with the first message that arrives
      --wait SECONDS|forever   how long to wait for more when the input has ended (1; with --once: forever)

Showing
      --frames                 each frame with the diagram of its bits (RFC 6455 5.2); with --short, in a line
      --json                   one JSON object a line, for programs
      --full                   long messages whole; a terminal shows the first 2,000 characters
      --no-color               no colours; NO_COLOR does that too, and there are none but on a terminal

Files
      --checksum md5           for receivers that know no sha-256
      --as NAME                what the file is to be called
      --id ID                  go on with a file where an earlier run of this ended, which told its id
      --existing HOW           what becomes of a file whose name is taken: rename (usual), refuse, overwrite
      --max-bytes N            refuse longer files
      --once                   a receiver ends with the first file, a server that sends with who has them all
      --wait SECONDS|forever   how long a server is waited for (60, and only one that has been there)

Being a server
  -l, --listen PORT            0 for any; what you type goes to all
      --host ADDRESS           where to listen (127.0.0.1: this machine alone)
      --echo                   send each message back
      --relay                  send each message to all others
      --origin ORIGIN          which pages may connect, '*' for all (those of this host)
      -p, --cert and --key     the sub-protocols that are spoken; wss:

      --help, -h               this page
      --version, -V            the version
`;

/** The page of `--help`. */
export function helpPage(): string {
  const codes = Object.entries(exitCodeMeanings).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);
  const prompt = slashHelp.map((line) => `  ${line}`);
  return [top, 'At the prompt', ...prompt, '', 'Exit codes', ...codes, '  130, 143  ended by a signal'].join('\n');
}
