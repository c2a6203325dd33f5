package httpd

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
)

// UploadType is the media type of a form that may have files.
const UploadType = "multipart/form-data"

// MaxUpload is the size of the largest file that Upload reads, in bytes. The fields of a form together may have as
// many.
const MaxUpload = 1 << 20

// maxParts bounds the number of fields and files of a form.
const maxParts = 100

// File is a file of a form.
type File struct {
	Name    string
	Size    int64
	Content []byte // nil if it has too many
}

// Upload is UploadOf for files and fields of MaxUpload bytes.
func Upload(r *http.Request, call *Call) (url.Values, map[string]File, error) {
	return UploadOf(r, call, MaxUpload)
}

// UploadOf reads a posted form that may have files, the first of each field, of a number of bytes at most. A file that
// is too large has no Content, so that the page of the form can say so; a body of more than 16 MiB is a *Fail. The
// journal records the fields as for [Form], and the names and sizes of files.
func UploadOf(r *http.Request, call *Call, most int64) (url.Values, map[string]File, error) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != UploadType {
		values, err := Form(r, call)
		return values, nil, err
	}
	body := &io.LimitedReader{R: r.Body, N: maxDrain}
	values, files, err := readParts(multipart.NewReader(body, parameters["boundary"]), most)
	if err == nil {
		call.showForm(values, files)
		return values, files, nil
	}
	if _, known := errors.AsType[*Fail](err); known {
		return nil, nil, err
	}
	if body.N <= 0 {
		return nil, nil, tooLarge("A form has at most %d bytes.", maxDrain)
	}
	return nil, nil, malformed("the form is not encoded as " + UploadType)
}

func readParts(reader *multipart.Reader, most int64) (url.Values, map[string]File, error) {
	values, files := url.Values{}, map[string]File{}
	left := most
	for range maxParts {
		part, err := reader.NextPart()
		if err == io.EOF { //nolint:errorlint // a wrapped EOF means that the form ended too early
			return values, files, nil
		}
		if err != nil {
			return nil, nil, err
		}
		name := part.FormName()
		if part.FileName() != "" {
			file, err := readFile(part, most)
			if err != nil {
				return nil, nil, err
			}
			if _, taken := files[name]; !taken {
				files[name] = file
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return nil, nil, err
		}
		if left -= int64(len(text)); left < 0 {
			return nil, nil, tooLarge("The fields of a form have at most %d bytes.", most)
		}
		values.Add(name, string(text))
	}
	return nil, nil, malformed(fmt.Sprintf("the form has more than %d fields", maxParts-1))
}

func readFile(part *multipart.Part, most int64) (File, error) {
	content, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return File{}, err
	}
	rest, err := io.Copy(io.Discard, part)
	if err != nil {
		return File{}, err
	}
	file := File{Name: part.FileName(), Size: int64(len(content)) + rest, Content: content}
	if file.Size > most {
		file.Content = nil
	}
	return file, nil
}

// shownFile is a file as the journal records it.
type shownFile struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}
