package finder

import (
	"slices"
	"strings"
)

// speech are words that stand for one another, a set a line: what APIs say, what people say in its place, and how they say it in Spanish,
// Portuguese, French, German, Indonesian, Hindi in Latin letters and Arabic. A reference spells each thing in one way, and those who ask for it in
// theirs. Forms are as folded: small, without accents. One of five letters and more, or of another script, is found within a longer
// word, so that a stem stands for its endings and for the parts of a German compound. The data file holds the sets that have a word of its reference.
const speech = `account cuenta conta compte konto akun khata hesab حساب
message mensaj mensagem mensagens nachricht pesan sandesh mesaj رسال msg
template plantilla modelo modele vorlage قالب tpl
number numero nummer nomor رقم num
phone telefon telepon celular movil handy هاتف mobile
token jeton توكن clave schlussel
expired expir caduc vencid vencio venceu abgelaufen kadaluarsa kedaluwarsa انته
access acceso acesso zugriff akses acces وصول
permission permiso permissao permissoes berechtigung izin autorisation صلاحي
blocked block bloque blokir gesperrt sperr محظور حظر ban
paused pause pausad pausier jeda
disabled inactive desactiv desativ desabilit deaktivier nonaktif معطل
rejected refused refus rechaz rejeit recus abgelehnt tolak rejet مرفوض رفض denied deneg negad
approved approval approv aproba aprova genehmig setuju معتمد
payment billing pago pagamento zahlung bayar paiement دفع tarjeta cartao card credit
method metodo forma methode metode
quality calidad qualidade qualitat kualitas qualite جودة
low baja baixa niedrig schlecht rendah faible
limit cap maximum max quota limite batas حد full lleno penuh
exceeded reached superad ultrapass atingi excedi uberschritten lebih depass تجاوز
many demasiad muitas muitos viele banyak beaucoup trop zyada كثير
wait espere esperar aguard warten tunggu attend انتظ
hour horas stunden heures saat ساعة
window ventana janela fenster jendela fenetre نافذة
customer client cliente kunde pelanggan grahak عميل
user usuario benutzer nutzer pengguna utilisateur مستخدم person contact
recipient receiver destinatari empfanger penerima
send sent sending envi mandar manda senden versand schick kirim bhej envoy ارسال رسل
delivered deliver entreg zugestell terkirim livre تسليم arriv lleg cheg sampai
reply replied answer respond respon antwort balas repond رد
same mismo mesmo mesma gleich sama meme نفس
name nombre nome nama اسم
display anzeige exibi mostrar tampil affich عرض
language idioma sprache bahasa langue لغة
country pais paises land negara pays دولة
business company empresa negocio unternehmen bisnis entreprise شركة firma
verification verify verific verifiz verifik تحقق
registered register registr daftar enregistr تسجيل
incorrect wrong invalid mismatch errad falsch salah galat faux خاطئ خطأ bad coincid
step paso etapas schritt langkah etape خطوت
missing absent lack falta fehl manque kurang ناقص
permanent permanen dauerhaft definitiv
group grupo gruppe grup groupe مجموعة
picture photo image icon foto imagen imagem bild gambar صورة
call llamad chamada ligac anruf panggil appel مكالم
often frecuen frequent souvent sering baar
test sandbox prueba teste pruefung uji اختبار
username utilisateur benutzername
available dispon verfugbar tersedia متاح taken down outage ocupad vergeben
start begin leading beginning comienzo principio inicio anfang awal debut shuru
allowed permitid erlaubt izin autoris allow
list lista liste daftar
end trailing ending final fim ende akhir fin akhri
variable placeholder parameter parametro platzhalter variabel
created create creation criar crear erstell buat creer bana إنشاء
deleted delete remov borrad elimin exclu gelosch losch hapus supprim hata حذف
edit change modify editar bearbeit ubah modif
already ya ja bereits sudah deja pehle
stopped stop optout unsubscrib optou dejo
marketing promo werbung iklan
history chats historial historico verlauf riwayat historique
upload subir hochlad unggah
download descarg baixar herunterlad unduh
media file archivo arquivo datei berkas fichier
webhook callback
certificate certific zertifikat sertifikat
migrate migra umzug umzieh move moving moved
locked lock bloque blokir gesperrt terkunci verrouill مقفل
suspended suspend ausgesetzt ditangguhkan
policy politica richtlinie kebijakan politique سياسة
request solicit anfrage permintaan demande طلب
connection connect conexi verbind koneksi sambung connex
found encontrad trouv gefunden ditemukan
supported unsupported soport suport unterstutz
closed close cerrad fechad geschlossen fermee tutup
receive recib receb empfang terima
participant member miembro membro mitglied anggota
restricted restringid limitad eingeschr dibatasi
terms terminos termos bedingung ketentuan
required mandatory obligator erforderlich wajib
duplicate twice double duplicad doppelt
sender self myself ourselves
temporarily tempora vorubergehend sementara
service servicio servico dienst layanan
long largo longo lang panjang demasiado
rate throttl fast quick
enabled enable turned activ habilit
audio sound voice
exist exists existiert ada
`

// sets are lines of speech, cut into their forms.
func sets(lines []string) [][]string {
	out := make([][]string, len(lines))
	for i, l := range lines {
		out[i] = strings.Fields(l)
	}
	return out
}

// table is speech, each form as stem leaves it.
func table() [][]string {
	out := sets(strings.Split(strings.TrimSpace(speech), "\n"))
	for _, forms := range out {
		for i, form := range forms {
			forms[i] = stem(form)
		}
	}
	return out
}

// twins returns, for each form, those of its sets.
func twins() map[string][]string {
	out := map[string][]string{}
	for _, forms := range table() {
		for _, form := range forms {
			out[form] = append(out[form], forms...)
		}
	}
	return out
}

// say is a set of words that stand for one another.
type say struct {
	forms []string
	ids   []int // those of them that the reference has
}

// said returns the numbers of the words of the reference that t stands for, t itself first.
func (ix *Index) said(t string) (ids []int) {
	if id, ok := ix.vocab[t]; ok {
		ids = append(ids, id)
	}
	for _, s := range ix.says {
		if s.means(t) {
			ids = append(ids, s.ids...)
		}
	}
	return unique(ids)
}

func (s *say) means(t string) bool {
	for _, form := range s.forms {
		if t == form || (length(form) > 4 || form > "\x7f") && strings.Contains(t, form) {
			return true
		}
	}
	return false
}

// speechOf returns the lines of speech that have one of the words, each form as stem leaves it.
func speechOf(words map[string]bool) []string {
	var out []string
	for _, forms := range table() {
		if slices.ContainsFunc(forms, func(form string) bool { return words[form] }) {
			out = append(out, strings.Join(forms, " "))
		}
	}
	return out
}
