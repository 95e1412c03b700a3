package render

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strconv"

	"errdex/internal/catalog"
	"errdex/internal/link"
)

// The preview picture of a collection, which mail and chat show beside a link to any of its pages: how many errors there are, and a mark for each
// in the order of the index, coloured by its retry as in the map. Titles are not drawn: whoever shows the picture sets the page's own title
// beside it, and letters would need a font.
const (
	pictureWidth, pictureHeight = 1200, 630 // what og:image is shown at
	pictureEdge                 = 60
	pictureBand                 = 250 // height of the band that has the count
	pictureDot                  = 18  // a dot of a letter
)

// The colours of site.css in its light theme. The order is that of the palette.
const (
	paper = iota
	ink
	act
	stop
	halt
	goes
	soft
)

var picturePalette = color.Palette{
	color.RGBA{0xf7, 0xf8, 0xf4, 255}, color.RGBA{0x19, 0x1c, 0x19, 255}, color.RGBA{0xff, 0xd6, 0x0a, 255}, color.RGBA{0xb3, 0x26, 0x1e, 255},
	color.RGBA{0x8f, 0x4e, 0x00, 255}, color.RGBA{0x1d, 0x6b, 0x3a, 255}, color.RGBA{0x86, 0x8d, 0x84, 255},
}

var pictureRetry = map[string]uint8{"never": stop, "after_change": halt, "backoff": act, "immediately": goes}

// dots are the letters that are needed, five dots wide and seven high, a row in five bits.
var dots = map[rune][7]uint8{
	'0': {14, 17, 19, 21, 25, 17, 14}, '1': {4, 12, 4, 4, 4, 4, 14}, '2': {14, 17, 1, 2, 4, 8, 31}, '3': {31, 2, 4, 2, 1, 17, 14}, '4': {2, 6, 10, 18, 31, 2, 2},
	'5': {31, 16, 30, 1, 1, 17, 14}, '6': {6, 8, 16, 30, 17, 17, 14}, '7': {31, 1, 2, 4, 8, 8, 8}, '8': {14, 17, 17, 14, 17, 17, 14}, '9': {14, 17, 17, 15, 1, 2, 12},
	'E': {31, 16, 16, 30, 16, 16, 31}, 'O': {14, 17, 17, 17, 17, 17, 14}, 'R': {30, 17, 17, 30, 20, 18, 17}, 'S': {15, 16, 16, 14, 1, 1, 30},
}

// PicturePath is the root-relative URL of a collection's preview picture.
func PicturePath(c *catalog.Collection) string { return c.Index.Value + ".png" }

// firstImage is the picture of the first collection, for pages that belong to none.
func (r *Renderer) firstImage() string {
	if len(r.m.Site.Collections) == 0 {
		return ""
	}
	return r.image[r.m.Site.Collections[0].ID]
}

// Picture draws the preview picture of a collection as PNG.
func (r *Renderer) Picture(c *catalog.Collection) ([]byte, error) {
	var marks []uint8
	for _, g := range link.Index(c) {
		for _, d := range g.Definitions {
			m, ok := pictureRetry[d.Retry.Policy.Value]
			if !ok {
				m = soft
			}
			marks = append(marks, m)
		}
	}
	img := image.NewPaletted(image.Rect(0, 0, pictureWidth, pictureHeight), picturePalette)
	box(img, 0, 0, pictureWidth, pictureBand, ink)
	for x := -pictureBand; x < pictureWidth; x += 48 { // the stripes under the band
		for y := range 24 {
			box(img, x+24-y, pictureBand+y, 24, 1, act)
			box(img, x+48-y, pictureBand+y, 24, 1, ink)
		}
	}
	x := pictureEdge
	for _, letter := range strconv.Itoa(len(marks)) {
		x = glyph(img, letter, x, 62, pictureDot, act)
	}
	x += 2 * pictureDot
	word := "ERRORS"
	if len(marks) == 1 {
		word = "ERROR"
	}
	for _, letter := range word {
		x = glyph(img, letter, x, 62+7*pictureDot/2, pictureDot/2, paper)
	}
	drawMarks(img, marks)
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, img)
	return b.Bytes(), err
}

// drawMarks fills what is left with the marks, as large as they can be.
func drawMarks(img *image.Paletted, marks []uint8) {
	top := pictureBand + 24 + pictureEdge
	w, h := pictureWidth-2*pictureEdge, pictureHeight-top-pictureEdge/2
	step := 60
	for step > 3 && (w/step)*(h/(step*3/2)) < len(marks) {
		step--
	}
	columns, gap := w/step, max(1, step/5)
	for i, m := range marks {
		box(img, pictureEdge+i%columns*step, top+i/columns*(step*3/2), step-gap, step*3/2-gap, m)
	}
}

// glyph draws a letter and returns where the next one begins.
func glyph(img *image.Paletted, letter rune, x, y, dot int, c uint8) int {
	for row, bits := range dots[letter] {
		for column := range 5 {
			if bits>>(4-column)&1 == 1 {
				box(img, x+column*dot, y+row*dot, dot-dot/9, dot-dot/9, c)
			}
		}
	}
	return x + 6*dot
}

// box fills a rectangle, as far as it lies in the picture.
func box(img *image.Paletted, x, y, w, h int, c uint8) {
	in := image.Rect(x, y, x+w, y+h).Intersect(img.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		row := img.Pix[img.PixOffset(in.Min.X, y):]
		for i := range in.Dx() {
			row[i] = c
		}
	}
}
