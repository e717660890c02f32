/**
 * Passwords that everybody tries first, in lower case and of eight characters or more (shorter ones are refused by
 * length, digits alone by their own rule). Words with a tail of digits or signs are judged without it.
 */
export const CLAVES_COMUNES: ReadonlySet<string> = new Set(
  `password passw0rd p@ssw0rd p@ssword pa55word passwords contrasena contraseña contrasenia contrasenya clavesegura
  qwertyuiop qwertyui qwerty123 qwerty1234 asdfghjk asdfghjkl zxcvbnm1 1q2w3e4r 1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 1qaz2wsx
  zaq12wsx qazwsxedc 1qazxsw2 abcd1234 abc12345 a1b2c3d4 aa123456 abcdefgh abcdefghi aaaaaaaa administrador administrator
  administracion admin123 admin1234 adminadmin superadmin superusuario superuser sysadmin usuario1 usuario123 invitado
  bienvenido bienvenida bienvenidos welcome1 welcome123 iloveyou teamolove teamomucho teextraño tequiero tequieromucho
  princesa princess mariposa estrella estrellita chocolate corazon1 corazoncito sunshine football baseball basketball
  superman spiderman batman123 pokemon1 dragon123 monkey123 letmein1 letmein123 trustno1 whatever starwars computer
  internet samsung1 google123 facebook facebook1 computadora servidor servidor1 temporal temporal1 temporal123 cambiame
  cambiame1 cambiar123 changeme changeme1 change_me secreto1 secreto123 secret123 default1 prueba123 pruebas1 pruebas123
  test1234 testtest testing1 testing123 guadalupe alejandro alejandra fernando francisco guillermo santiago sebastian
  valentina fernanda carolina veronica cristina patricia gabriela elizabeth margarita monserrat daniela1 mexico123
  mexico2024 mexico2025 mexico2026 vivamexico cruzazul america1 aguilas1 chivas123 pumasunam tigres123 rayados1 campeche
  ciudaddelcarmen villahermosa veracruz subtec12 subtec123 bmesubtec sascop12 sascop123 sascop2024 sascop2025 sascop2026
  operaciones operaciones1 petroleo petroleos plataforma plataformas produccion estimaciones consulta1 consulta123
  michelle jennifer jessica1 ashley123 charlie1 michael1 jordan23 master123 hunter2hunter access14 flower123 hottie123
  loveme123 zaq1zaq1 xxxxxxxx asdf1234 qwer1234 zxcv1234 asdfasdf qweqweqwe 123qweasd 123qweasdzxc 1234qwer 12345qwert
  123456789a 12345678a a12345678 a123456789 123456abc 1234abcd passpass p4ssw0rd pass1234 pass12345 password1 password12
  password123 password1234 contraseña1 contrasena1 contrasena123 contraseña123 admin12345 admin123456 root1234 toor1234
  killer123 freedom1 liverpool barcelona realmadrid mypassword nopassword sinclave sinpassword lavidaesbella diosesamor
  jesucristo jesusteamo dioseslindo`
    .split(/\s+/)
    .filter((clave) => clave !== ''),
)
