const texts = `
  12341234 12344321 123123123 1234abcd 12345678 123456789 1234567890 12345678910 0123456789 0987654321 123456789a
  123456abc 1234qwer 123abc123 123qweasd 123qwe123 147258369 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
  87654321 9876543210 987654321 11223344 1122334455 112233445566 789456123 741852963 102030405060
  a1234567 a12345678 a123456789 aa123456 aa12345678 abc12345 abc123456 abcd1234 abcd12345 abcdefgh abcdefg1 abcdefghi
  access14 account1 admin123 admin1234 admin12345 admin123456 administrator administrator1 airplane alexander
  asdf1234 asdfasdf asdfghjk asdfghjkl asdfghjkl1 babygirl babygirl1 baseball baseball1 basketball basketball1 blink182
  butterfly butterfly1 changeme changeme1 changeme123 charlie1 chocolate chocolate1 computer computer1 consumer
  cookie123 danielle default1 dragon123 drowssap elephant facebook facebook1 fightclub football football1 football123
  freedom1 fuckyou1 fuckyou2 garfield godzilla guest123 guest1234 hallo123 harrypotter hello123 hello1234 helloworld
  iloveyou iloveyou1 iloveyou2 iloveyou123 internet internet1 jennifer jessica1 jordan23 jonathan justinbieber killer123
  lakers24 letmein1 letmein12 letmein123 letmeinnow liverpool liverpool1 login123 logitech lovelove loveyou1 manchester
  margaret marlboro master123 maverick mercedes metallica michael1 michelle midnight minecraft mountain mustang1 mypassword
  naruto123 nicholas ninja123 nothing1 p4ssw0rd p4ssword pa55w0rd pa55word pa$$w0rd pa$$word p@$$w0rd p@ssw0rd p@ssword
  p@ssw0rd1 p@ssw0rd123 p@ssword1 passpass password password! password0 password00 password01 password1 password1!
  password10 password11 password12 password123 password123! password1234 password12345 password123456 password2 password3
  password99 passw0rd passw0rd1 passwort passwort1 passw0rt pokemon1 pokemon123 porsche911 princess princess1 purple123
  q1w2e3r4 q1w2e3r4t5 qazwsx123 qazwsxedc qazxsw21 qwer1234 qwerasdf qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
  qwertyui qwertyuio qwertyuiop qwertyuiop1 qwertz123 qwertzui qwertzuiop rainbow1 rockyou1 root1234 samantha samsung1
  scooter1 secret12 secret123 secret1234 security shadow123 slipknot snickers soccer123 spiderman spiderman1 starwars
  starwars1 steelers summer123 sunshine sunshine1 superman superman1 superstar swordfish test1234 test12345 testing1
  testing123 testtest tinkerbell trustno1 unknown1 user1234 username victoria warcraft welcome1 welcome12 welcome123
  welcome1! whatever whatever1 william1 winter123 xbox360x yankees1 zaq12wsx zaq1xsw2 zxcvbnm1 zxcvbnm123 zxcvbnml
  correcthorsebatterystaple
`

/** Passwords of eight characters and more that lists of leaked ones begin with, in small letters. */
export const guessedPasswords: ReadonlySet<string> = new Set(texts.trim().split(/\s+/))
