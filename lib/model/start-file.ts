/** What starts the server of a web function, and where that listens. */

/** Name of the file that starts a web function's server, at the root of its package (WEB-BOOT). */
export const START_FILE = "scf_bootstrap";

/** Port that the server of a web function, or of an image, listens on (WEB-PORT). */
export const SERVER_PORT = 9000;

/** Absolute path of the interpreter that a web function's start file calls (WEB-PATH); two runtimes have two names. */
export const interpreters: Readonly<Record<string, string>> = {
  "Nodejs16.13": "/var/lang/node16/bin/node",
  "Nodejs14.18": "/var/lang/node14/bin/node",
  "Nodejs12.16": "/var/lang/node12/bin/node",
  "Nodejs10.15": "/var/lang/node10/bin/node",
  "Python3.7": "/var/lang/python37/bin/python3",
  "Python3.6": "/var/lang/python3/bin/python3",
  "Python2.7": "/var/lang/python2/bin/python",
  "Php8.0": "/var/lang/php80/bin/php",
  "Php7.4": "/var/lang/php74/bin/php",
  Php7: "/var/lang/php7/bin/php",
  "Php7.2": "/var/lang/php7/bin/php",
  Php5: "/var/lang/php5/bin/php",
  "Php5.6": "/var/lang/php5/bin/php",
  Java11: "/var/lang/java11/bin/java",
  Java8: "/var/lang/java8/bin/java",
};

/** Programs that serve nothing, whatever address they are given. */
export const utilities: ReadonlySet<string> = new Set([
  ..."[ [[ : . source alias awk cat cd chmod chown cp curl date declare dig echo eval exit export false find grep hash head".split(
    " ",
  ),
  ..."kill ldconfig ln local ls mkdir mkfifo mv mysql nc nscd nslookup pg_isready ping pkill printf psql read readonly".split(
    " ",
  ),
  ..."redis-cli return rm rsync scp sed set shift shopt sleep source ssh stat tail tar tee test touch tr trap true type".split(
    " ",
  ),
  ..."typeset ulimit umask unalias uname unset unzip wait wget which xargs".split(" "),
]);
